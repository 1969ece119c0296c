# syntax=docker/dockerfile:1
# A server or a worker of WwiseFlow: no compiler, no root, nothing written outside /state and the project.
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund && npm rebuild esbuild
COPY . .
RUN npm run --silent build && npm pack --ignore-scripts --silent --pack-destination /pack

FROM node:22-bookworm-slim
ENV NODE_ENV=production
COPY --from=build /pack/*.tgz /tmp/wwiseflow.tgz
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/wwiseflow.tgz pg@8 ioredis@5 bullmq@6 \
  && rm -rf /tmp/wwiseflow.tgz /root/.npm \
  && install --directory --owner=node --group=node /state /project
USER node
VOLUME ["/state", "/project"]
ENV WWISEFLOW_STATE=/state
WORKDIR /project
ENTRYPOINT ["wwiseflow"]
CMD ["serve", "--host", "0.0.0.0", "--auth"]
