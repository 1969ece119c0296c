import { WwiseFlowError } from '../../../core/errors.ts';

/** A bucket, and who reads and writes in it. */
export interface S3Address {
  /** Of the bucket, with what stands before every key; ends with a slash. */
  readonly baseUrl: string;
  /** Of the bucket alone. */
  readonly bucketUrl: string;
  /** What stands before every key: empty, or ends with a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * `s3://KEY:SECRET@HOST/BUCKET/PREFIX?region=...`, with `s3+http://` for one without TLS on this network. Throws INVALID_INPUT for
 * an address without key, secret or bucket.
 */
export function s3Address(text: string): S3Address {
  const url = new URL(text);
  const [bucket = '', ...below] = url.pathname.split('/').filter((part) => part !== '');
  const [accessKeyId, secretAccessKey] = [url.username, url.password].map(decodeURIComponent);
  if (!bucket || !accessKeyId || !secretAccessKey) {
    throw new WwiseFlowError('INVALID_INPUT', '--artifacts needs a key, its secret and a bucket.', {
      hint: 'Write s3://KEY:SECRET@s3.eu-central-1.amazonaws.com/BUCKET?region=eu-central-1; "/" in a secret is %2F.',
    });
  }
  const scheme = url.protocol === 's3+http:' ? 'http' : 'https';
  const bucketUrl = `${scheme}://${url.host}/${bucket}/`;
  const prefix = below.map((part) => `${part}/`).join('');
  const region = url.searchParams.get('region') ?? 'us-east-1';
  return { bucketUrl, baseUrl: `${bucketUrl}${prefix}`, prefix, region, accessKeyId, secretAccessKey };
}
