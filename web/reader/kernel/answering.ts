// Before any code is sent: does Python answer on this connection, and do we hear it?
// While a kernel starts, the server's channels to it join one after the other, and an answer can be lost between them.
// Whoever sends a cell then waits for ever; whoever asks a question first notices, and opens the connection anew.

import type { Kernel } from "@jupyterlab/services";

export type Askable = Pick<Kernel.IKernelConnection, "connectionStatus" | "connectionStatusChanged" | "isDisposed" | "reconnect" | "requestKernelInfo">;

/** A process may be slow to start, or busy with another window's cell: each wait is twice as long as the last. */
const PATIENCE_MS = { first: 5_000, longest: 20_000 };

/** Resolves when Python has answered; rejects only when the connection was given up. */
export async function answering(connection: Askable, patience = PATIENCE_MS): Promise<void> {
  for (let wait = patience.first; !(await answers(connection, wait)); wait = Math.min(2 * wait, patience.longest)) {
    if (connection.isDisposed) throw new Error("the connection was given up");
    // Not awaited: an opening that hangs is given up with the question put through it.
    connection.reconnect().catch(() => undefined);
  }
}

async function answers(connection: Askable, withinMs: number): Promise<boolean> {
  const end = new AbortController();
  const late = new Promise<false>((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    end.signal.addEventListener("abort", () => clearTimeout(timer));
  });
  // The reply counts when the word "idle" after it has arrived too: both channels are heard then.
  const asked = open(connection, end.signal)
    .then(() => connection.requestKernelInfo())
    .then((reply) => (reply === undefined ? late : true))
    .catch(() => late);
  try {
    return await Promise.race([asked, late]);
  } finally {
    end.abort();
  }
}

/** Resolves once the socket is open. */
function open(connection: Askable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => void (connection.connectionStatus === "connected" && resolve());
    connection.connectionStatusChanged.connect(look);
    signal.addEventListener("abort", () => connection.connectionStatusChanged.disconnect(look));
    look();
  });
}
