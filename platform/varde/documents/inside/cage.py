"""The child locks itself in before it reads the first byte: limits, no network, and hardly any system call.

Two locks that do not lean on each other: a network of its own without a single device (where the kernel lets an
ordinary process have one; most containers do not), and a seccomp filter that lets a running computation go on
(memory, clock, read, write on what is open) and answers every other call with "not permitted". Without the filter
nothing is read. Linux on x86-64 and arm64; elsewhere `enter` raises NoCage, and files stay closed.
"""

import ctypes
import errno
import os
import platform
import resource
import struct
import sys

from varde.documents import bounds

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
_PDEATHSIG, _DUMPABLE, _SECCOMP, _NO_NEW_PRIVS = 1, 4, 22, 38
_SIGKILL = 9

# read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn sched_yield mremap
# madvise nanosleep getpid exit gettimeofday sigaltstack gettid futex restart_syscall clock_gettime clock_nanosleep
# exit_group getrandom set_robust_list rseq. Numbers from the kernel's tables (arch/x86/entry/syscalls,
# asm-generic/unistd.h).
_X86_64 = (
    0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 28, 35, 39, 60, 96, 131, 186, 202, 219, 228, 230, 231, 318, 273,
    334,
)  # fmt: skip
_ARM64 = (
    63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 124, 216, 233, 101, 172, 93, 169, 132, 178, 98, 128, 113,
    115, 94, 278, 99, 293,
)  # fmt: skip
# Machine -> audit number, number of clone, calls let through. clone3 keeps its flags where a filter cannot see them:
# it "does not exist", and the C library then uses clone, which may start a thread (HEIC needs one) but no process.
_CALLS = {"x86_64": (0xC000003E, 56, _X86_64), "aarch64": (0xC00000B7, 220, _ARM64)}
_CLONE3, _CLONE_THREAD = 435, 0x00010000

_LOAD, _JUMP_EQUAL, _JUMP_SET, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data; arguments are 64 bits, little end first
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE, _MISSING = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS


class NoCage(RuntimeError):
    """This machine cannot lock a process in; nothing may be opened here."""


def enter() -> list[str]:
    """Lock this process in for good. Returns what holds; raises NoCage when the filter does not."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        raise NoCage
    libc = ctypes.CDLL(None, use_errno=True)
    limit()
    _prctl(libc, _PDEATHSIG, _SIGKILL)
    _prctl(libc, _DUMPABLE, 0)
    _prctl(libc, _NO_NEW_PRIVS, 1)
    held = ["limits", "no_new_privs"]
    if own_network(libc):
        held.append("network")
    only_computing(libc)
    return [*held, "seccomp"]


def limit() -> None:
    """The most that the process may take. No core file: it would hold what somebody sent.

    No RLIMIT_NPROC: it counts all threads of the login, so the web's own would use it up. The filter forbids processes.
    """
    for what, most in (
        (resource.RLIMIT_AS, bounds.CHILD_MEMORY),
        (resource.RLIMIT_CPU, bounds.CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, bounds.CHILD_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def own_network(libc: ctypes.CDLL) -> bool:
    """A network with no device in it; False where the kernel does not give one to an ordinary process."""
    done: int = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC)
    return done == 0


def only_computing(libc: ctypes.CDLL) -> None:
    """From here on: no file is opened, no socket made, no process started. NoCage when the kernel refuses."""
    program = _program(*_CALLS[platform.machine()])
    room = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(room))
    fprog = ctypes.create_string_buffer(head, len(head))
    _prctl(libc, _SECCOMP, 2, ctypes.addressof(fprog))


def _program(arch: int, clone: int, calls: tuple[int, ...]) -> bytes:
    """The filter in the kernel's own small language: right machine, threads, each allowed number, then no."""
    steps = [
        (_LOAD, 0, 0, _ARCH), (_JUMP_EQUAL, 1, 0, arch), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER), (_JUMP_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _MISSING),
        (_JUMP_EQUAL, 0, 4, clone), (_LOAD, 0, 0, _FIRST_ARGUMENT), (_JUMP_SET, 0, 1, _CLONE_THREAD),
        (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE),
    ]  # fmt: skip
    for position, number in enumerate(calls):
        steps.append((_JUMP_EQUAL, len(calls) - position, 0, number))
    steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _prctl(libc: ctypes.CDLL, what: int, value: int, pointer: int = 0) -> None:
    if libc.prctl(what, ctypes.c_ulong(value), ctypes.c_ulong(pointer), 0, 0) != 0:
        raise NoCage(os.strerror(ctypes.get_errno()))
