"""Attacks on the sandbox: each defines `f()`, which returns something true when it got what it wanted.

An import that fails is an attack that failed: the child has no files. `TARGET` is replaced by a path, a port or a process id
that exists outside, so that each attack can be seen to succeed there.
"""

FILES = {
    "read the password file": "def f():\n    return open('/etc/passwd').read(100)",
    "read a file through os": "import os\ndef f():\n    return len(os.read(os.open('/etc/passwd', os.O_RDONLY), 100))",
    "read a file through NumPy": "import numpy as np\ndef f():\n    return np.fromfile('/etc/passwd', dtype='uint8').size",
    "read the exercise's check": "def f():\n    return open('TARGET_FILE').read(10)",
    "read the environment of a process": "def f():\n    return len(open('/proc/TARGET_PID/environ', 'rb').read(10))",
    "read its own memory map": "def f():\n    return open('/proc/self/maps').read(10)",
    "list the root": "import os\ndef f():\n    return os.listdir('/')",
    "list processes": "import os\ndef f():\n    return [name for name in os.listdir('/proc') if name.isdigit()]",
    "stat a file": "import os\ndef f():\n    return os.stat('/etc/passwd').st_size",
    "look for a file": "import os\ndef f():\n    return os.path.exists('/etc/passwd')",
    "say where it is": "import os\ndef f():\n    return os.getcwd()",
    "follow a link": "import os\ndef f():\n    return os.readlink('/proc/TARGET_PID/cwd')",
    "write a file": "def f():\n    open('/tmp/glideslope-attack', 'w').write('x')\n    return True",
    "write into a library": "def f():\n    return open('TARGET_LIBRARY/attack.py', 'w').close() is None",
    "make a folder": "import os\ndef f():\n    os.mkdir('/tmp/glideslope-attack-TARGET_PID')\n    os.rmdir('/tmp/glideslope-attack-TARGET_PID')\n    return True",
    "make a link": "import os\ndef f():\n    os.symlink('/etc', '/tmp/glideslope-link-TARGET_PID')\n    os.unlink('/tmp/glideslope-link-TARGET_PID')\n    return True",
    "remove a file": "import os\ndef f():\n    os.unlink('TARGET_VICTIM')\n    return True",
    "rename a file": "import os\ndef f():\n    os.rename('TARGET_VICTIM', 'TARGET_VICTIM.moved')\n    return True",
    "change permissions": "import os\ndef f():\n    os.chmod('TARGET_VICTIM', 0o777)\n    return True",
    "a pipe by name": "import os\ndef f():\n    os.mkfifo('/tmp/glideslope-fifo-TARGET_PID')\n    os.unlink('/tmp/glideslope-fifo-TARGET_PID')\n    return True",
    "memory as a file": "import os\ndef f():\n    return os.memfd_create('x') > 0",
    "change the root": "import os\ndef f():\n    os.chdir('/tmp')\n    return True",
}

NETWORK = {
    "a TCP connection": "import socket\ndef f():\n    socket.create_connection(('127.0.0.1', TARGET_PORT), timeout=1)\n    return True",
    "a UDP packet": "import socket\ndef f():\n    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "listen": "import socket\ndef f():\n    s = socket.socket()\n    s.bind(('127.0.0.1', 0))\n    s.listen()\n    return True",
    "an abstract socket": "import socket\ndef f():\n    s = socket.socket(socket.AF_UNIX)\n    s.bind('\\0glideslope-TARGET_PID')\n    return True",
    "a pair of sockets": "import socket\ndef f():\n    return bool(socket.socketpair())",
    "the names of the network": "import socket\ndef f():\n    return socket.if_nameindex()",
}

PROCESSES = {
    "fork": "import os\ndef f():\n    if not (child := os.fork()):\n        os._exit(0)\n    os.waitpid(child, 0)\n    return True",
    "a thread": "import threading\ndef f():\n    t = threading.Thread(target=int)\n    t.start()\n    t.join()\n    return True",
    "a low-level thread": "import _thread, time\ndef f():\n    done = []\n    _thread.start_new_thread(done.append, (1,))\n    time.sleep(0.05)\n    return done",
    "a shell": "import os\ndef f():\n    return os.system('true') == 0",
    "a program": "import subprocess\ndef f():\n    return subprocess.run(['true']).returncode == 0",
    "become another program": "import os\ndef f():\n    os.execv('/bin/rm', ['rm', 'TARGET_VICTIM'])",
    "a process by spawn": "import os\ndef f():\n    return os.posix_spawn('/bin/true', ['true'], {}) > 0",
    "signal a process": "import os\ndef f():\n    os.kill(TARGET_PID, 0)\n    return True",
    "signal its parent": "import os\ndef f():\n    os.kill(os.getppid(), 0)\n    return True",
    "signal everybody": "import os\ndef f():\n    os.kill(0, 0)\n    return True",
    "a handle on a process": "import os\ndef f():\n    return os.pidfd_open(TARGET_PID) > 0",
    "its parent's number": "import os\ndef f():\n    return max(0, os.getppid())",
    "change its session": "import os\ndef f():\n    os.setsid()\n    return True",
    "change its priority": "import os\ndef f():\n    os.nice(1)\n    return True",
    "pin a processor": "import os\ndef f():\n    os.sched_setaffinity(0, [0])\n    return True",
    "raise its limits": "import resource\ndef f():\n    resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))\n    return True",
    "set an alarm": "import signal\ndef f():\n    signal.setitimer(signal.ITIMER_REAL, 100)\n    return True",
}

CALL = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
KERNEL = {
    "trace a process": CALL + "def f():\n    return libc.ptrace(0, 0, 0, 0) == 0",
    "read another's memory": CALL + "def f():\n    return libc.syscall(310, TARGET_PID, 0, 0, 0, 0, 0) == 0",
    "a new user namespace": CALL + "def f():\n    return libc.unshare(0x10000000) == 0",
    "mount": CALL
    + "def f():\n    return libc.mount(b'none', b'/tmp', b'tmpfs', 0, 0) == 0 and libc.umount2(b'/tmp', 2) == 0",
    "change the root by call": CALL + "def f():\n    return libc.chroot(b'/') == 0",
    "become root": CALL + "def f():\n    return libc.setuid(0) == 0",
    "an io_uring": CALL + "def f():\n    return libc.syscall(425, 1, ctypes.create_string_buffer(256)) > 0",
    "a kernel program": CALL
    + "def f():\n    return libc.syscall(321, 0, ctypes.create_string_buffer(b'\\2\\0\\0\\0\\4\\0\\0\\0\\4\\0\\0\\0\\1\\0\\0\\0', 128), 128) > 0",
    "shared memory": CALL + "def f():\n    return libc.shmget(0, 4096, 0o1600) >= 0",
    "a message queue": CALL + "def f():\n    return libc.msgget(0, 0o1600) >= 0",
    "a semaphore": CALL + "def f():\n    return libc.semget(0, 1, 0o1600) >= 0",
    "executable memory": "import mmap\ndef f():\n    return bool(mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC))",
    "make memory executable": CALL
    + "def f():\n    page = (ctypes.addressof(ctypes.create_string_buffer(8192)) + 4095) & ~4095\n    return libc.mprotect(ctypes.c_void_p(page), 4096, 7) == 0",
    "watch user faults": CALL + "def f():\n    return libc.syscall(323, 0) > 0",
    "a timer": CALL + "def f():\n    return libc.timerfd_create(1, 0) > 0",
    "an event": CALL + "def f():\n    return libc.eventfd(0, 0) > 0",
    "reach the terminal": CALL
    + "def f():\n    n = ctypes.c_int()\n    return libc.ioctl(TARGET_FD, 0x541B, ctypes.byref(n)) == 0",
    "copy a descriptor": "import os\ndef f():\n    return os.dup(0) >= 0",
    "take a descriptor of another": CALL + "def f():\n    return libc.syscall(434, TARGET_PID, 0) > 0",
    "dump itself": CALL + "def f():\n    return libc.prctl(4, 1, 0, 0, 0) == 0",
    "the name of the machine": "import os\ndef f():\n    return os.uname().nodename",
}

ALL = {**FILES, **NETWORK, **PROCESSES, **KERNEL}

EXHAUSTING = {
    "an endless loop": ("def f():\n    while True:\n        pass", "timeout"),
    "a loop that ignores signals": (
        "import signal\ndef f():\n    for n in range(1, 32):\n        try:\n            signal.signal(n, signal.SIG_IGN)\n        except Exception:\n            pass\n    while True:\n        pass",
        "timeout",
    ),
    "sleep": ("import time\ndef f():\n    time.sleep(1000)", "timeout"),
    "4 GB": ("import numpy as np\ndef f():\n    return np.ones(2**29).sum()", "memory"),
    "a list without end": ("def f():\n    x = []\n    while True:\n        x.append([0] * 10**6)", "memory"),
    "prints without end": ("def f():\n    while True:\n        print('x' * 10**4)", "output"),
    "errors without end": ("import sys\ndef f():\n    while True:\n        sys.stderr.write('x' * 10**4)", "output"),
    "a number without end": ("def f():\n    return 10**10**9", "timeout"),
    "recursion": ("def f():\n    return f()", "error"),
    "a crash": ("import ctypes\ndef f():\n    return ctypes.string_at(1)", "died"),
    "leaves with success": ("import os\ndef f():\n    os._exit(0)", "died"),
    "exits": ("import sys\ndef f():\n    sys.exit(0)", "error"),
    "aborts": ("import os\ndef f():\n    os.abort()", "died"),
}

FORGED = {
    "a float that equals everything": "class Liar(float):\n    def __eq__(self, other):\n        return True\n    __hash__ = None\ndef f():\n    return Liar(0)",
    "an array that equals everything": "import numpy as np\nclass Liar(np.ndarray):\n    def __eq__(self, other):\n        return True\ndef f():\n    return np.zeros(1).view(Liar)",
    "a text that lies": "class Liar(str):\n    def __eq__(self, other):\n        return True\n    __hash__ = None\ndef f():\n    return Liar('x')",
    "a cyclic list": "def f():\n    x = []\n    x.append(x)\n    return x",
    "a giant without memory": "import numpy as np\ndef f():\n    return np.broadcast_to(0.0, (10**5, 10**5))",
    "an object": "def f():\n    return object()",
    "a generator": "def f():\n    return (x for x in 'ab')",
}
