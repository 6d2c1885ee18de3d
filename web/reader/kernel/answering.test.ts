import assert from "node:assert/strict";
import { test } from "node:test";
import { Signal } from "@lumino/signaling";
import { answering, type Askable } from "./answering.ts";

const PATIENCE = { first: 5, longest: 10 };

/** A connection that gives `script[k]` to the k-th question, and an answer when the script has ended. */
class Connection {
  connectionStatus = "connected";
  isDisposed = false;
  opened = 0;
  asked = 0;
  readonly connectionStatusChanged = new Signal<this, string>(this);
  private readonly script: (() => Promise<unknown>)[];

  constructor(...script: (() => Promise<unknown>)[]) {
    this.script = script;
  }

  requestKernelInfo(): Promise<unknown> {
    return (this.script[this.asked++] ?? answered)();
  }

  async reconnect(): Promise<void> {
    this.opened += 1;
  }

  turn(status: string): void {
    this.connectionStatus = status;
    this.connectionStatusChanged.emit(status);
  }
}

const answered = (): Promise<unknown> => Promise.resolve({ content: { status: "ok" } });
const lost = (): Promise<unknown> => new Promise(() => undefined);
const refused = (): Promise<unknown> => Promise.reject(new Error("status is not connected"));
const empty = (): Promise<unknown> => Promise.resolve(undefined);
const wait = (connection: Connection): Promise<void> => answering(connection as unknown as Askable, PATIENCE);

test("an answer at once opens nothing anew", async () => {
  const connection = new Connection();
  await wait(connection);
  assert.deepEqual([connection.asked, connection.opened], [1, 0]);
});

test("a lost answer, a refused question and an empty answer are asked again on a new connection", async () => {
  const connection = new Connection(lost, refused, empty);
  await wait(connection);
  assert.deepEqual([connection.asked, connection.opened], [4, 3]);
});

test("nothing is asked before the socket is open", async () => {
  const connection = new Connection();
  connection.connectionStatus = "connecting";
  const done = wait(connection);
  await Promise.resolve();
  assert.equal(connection.asked, 0);
  connection.turn("connected");
  await done;
  assert.equal(connection.asked, 1);
});

test("a server that is away is tried again", async () => {
  const connection = new Connection(lost);
  connection.reconnect = () => Promise.reject(new Error("no server"));
  await wait(connection);
});

test("a connection that was given up ends the waiting", async () => {
  const connection = new Connection(lost);
  setTimeout(() => (connection.isDisposed = true), 1);
  await assert.rejects(wait(connection), /given up/);
});
