package skillrunner.testkit.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;

/** A program that a test plays. Safe for concurrent use. */
public final class ScriptedConsole implements Console {
    private static final int TERMINATED = 143;

    private final ConsoleProgram program;
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private byte[] printed = new byte[0];
    private ConsoleSize size;
    private OptionalInt exitCode = OptionalInt.empty();
    private boolean deaf;
    private boolean closed;

    ScriptedConsole(ConsoleProgram program) {
        this.program = program;
        this.size = program.size();
    }

    /** Returns what was asked to be started. */
    public ConsoleProgram program() {
        return program;
    }

    /** Writes something. */
    public ScriptedConsole prints(String text) {
        return prints(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes something. */
    public synchronized ScriptedConsole prints(byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(printed);
        all.writeBytes(bytes);
        printed = all.toByteArray();
        notifyAll();
        return this;
    }

    /** Takes in nothing more: whoever types waits until it is closed. */
    public synchronized ScriptedConsole deaf() {
        deaf = true;
        return this;
    }

    /** Ends by itself. */
    public synchronized ScriptedConsole exits(int code) {
        exitCode = OptionalInt.of(code);
        notifyAll();
        return this;
    }

    /** Returns all that was typed. */
    public synchronized String typed() {
        return typed.toString(StandardCharsets.UTF_8);
    }

    /** Returns how large the screen is. */
    public synchronized ConsoleSize size() {
        return size;
    }

    /** Returns how many bytes nobody has read yet. */
    public synchronized int unread() {
        return printed.length;
    }

    /** Tells whether it was closed. */
    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized int read(byte[] buffer) {
        while (!closed && printed.length == 0 && exitCode.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
        if (closed || printed.length == 0) {
            return -1;
        }
        int count = Math.min(buffer.length, printed.length);
        System.arraycopy(printed, 0, buffer, 0, count);
        byte[] rest = new byte[printed.length - count];
        System.arraycopy(printed, count, rest, 0, rest.length);
        printed = rest;
        return count;
    }

    @Override
    public synchronized void write(byte[] keys) {
        while (deaf && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (!closed && exitCode.isEmpty()) {
            typed.writeBytes(keys);
        }
    }

    @Override
    public synchronized void resize(ConsoleSize wanted) {
        if (!closed && exitCode.isEmpty()) {
            size = wanted;
        }
    }

    @Override
    public synchronized OptionalInt exitCode() {
        return exitCode;
    }

    @Override
    public long pid() {
        return Integer.MAX_VALUE;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (exitCode.isEmpty()) {
            exitCode = OptionalInt.of(TERMINATED);
        }
        notifyAll();
    }
}
