// undici's client alone, without fetch, pools and caches: a fifth of undici's size in the bundle and of its memory.
declare module 'undici/lib/dispatcher/client.js' {
  import { Client } from 'undici';
  export = Client;
}
