// The part of @jupyterlab/services the reader needs: one session, one kernel connection, no pollers.
// Deep imports keep the rest of the package (settings, terminals, contents, collaboration) out of the bundle.

import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { startSession } from "@jupyterlab/services/lib/session/restapi.js";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import type { Kernel } from "@jupyterlab/services";
import type { Page } from "../page.ts";

/** Starts the lesson's session, or joins the one that runs under its path. */
export async function openSession(page: Page): Promise<Kernel.IKernelConnection> {
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: page.base.href,
    wsUrl: page.base.href.replace(/^http/, "ws"),
    token: "",
    appendToken: false,
  });
  const path = `glideslope/${page.lesson}`;
  const session = { path, name: page.lesson, type: "notebook", kernel: { name: "python3" } };
  const { kernel } = await startSession(session, serverSettings);
  if (kernel === null) throw new Error("the session has no kernel");
  return new KernelConnection({ model: kernel, serverSettings, handleComms: true });
}
