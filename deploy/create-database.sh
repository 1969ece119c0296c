#!/bin/sh
# Makes the plain user of WwiseFlow and a database that it owns: row-level security does not hold for superusers.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$WWISEFLOW_PASSWORD" --username postgres <<'SQL'
create role wwiseflow login password :'password' nosuperuser nobypassrls;
create database wwiseflow owner wwiseflow;
SQL
