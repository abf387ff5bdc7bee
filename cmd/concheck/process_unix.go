//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// Signals of a command and of all it started: the go command does not pass an
// interrupt on to the vet tools it is waiting for.

func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// interrupt asks a command with its own group to stop.
func interrupt(cmd *exec.Cmd) error {
	return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
}
