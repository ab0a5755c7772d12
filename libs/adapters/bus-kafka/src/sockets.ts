/** Connections to brokers: as the library makes them, but none any more once their client is over. */
import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const keepAliveMs = 60_000;

/** `isOver`: asked before each connection. One that is refused is an error to the library like any that failed. */
export function socketsUntil(isOver: () => boolean): ISocketFactory {
  return ({ host, port, ssl, onConnect }) => {
    if (isOver()) throw new RangeError('this client is over');
    const socket = ssl ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect) : connectPlain({ host, port }, onConnect);
    return socket.setKeepAlive(true, keepAliveMs);
  };
}
