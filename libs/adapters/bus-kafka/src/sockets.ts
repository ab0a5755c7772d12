/** Connections to brokers: as the library makes them, but none any more once their client is over. */
import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const keepAliveMs = 60_000;

/** `isOver`: asked before each connection. One that is refused is an error to the library like any that failed. */
export function socketsUntil(isOver: () => boolean): ISocketFactory {
  return ({ host, port, ssl, onConnect }) => {
    if (isOver()) throw new RangeError('this client is over');
    const socket = ssl ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect) : connectPlain({ host, port }, onConnect);
    return silentOnceEnded(socket).setKeepAlive(true, keepAliveMs);
  };
}

/**
 * The library opens a connection again while the answer to what it gave up, and the end of its former socket, may still come; it takes that end for one of the new
 * socket. Whoever had just joined a group by that stayed in it as a member that nobody is. What it ends has nothing left to say: it waits for its requests first.
 */
function silentOnceEnded<S extends Socket>(socket: S): S {
  socket.end = () => socket.destroy();
  return socket;
}
