//go:build !unix

package main

import "os/exec"

func ownGroup(*exec.Cmd) {}

// interrupt stops a command; there is no way to ask.
func interrupt(cmd *exec.Cmd) error { return cmd.Process.Kill() }
