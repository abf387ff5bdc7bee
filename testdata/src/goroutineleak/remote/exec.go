package remote

import (
	"context"
	"os/exec"
	"strings"
)

// Exec runs a command and returns its output. It is killed when ctx ends.
func Exec(ctx context.Context, name string, args ...string) (string, error) {
	var out strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		return "", err
	}
	exited := make(chan error)
	go func() {
		exited <- cmd.Wait() // want "send on exited blocks for ever"
	}()
	select {
	case err := <-exited:
		return out.String(), err
	case <-ctx.Done():
		if err := cmd.Process.Kill(); err != nil {
			return "", err
		}
		return "", ctx.Err()
	}
}

// ExecFixed runs a command and returns its output. It is killed when ctx ends.
func ExecFixed(ctx context.Context, name string, args ...string) (string, error) {
	var out strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		return "", err
	}
	exited := make(chan error, 1)
	go func() {
		exited <- cmd.Wait()
	}()
	select {
	case err := <-exited:
		return out.String(), err
	case <-ctx.Done():
		if err := cmd.Process.Kill(); err != nil {
			return "", err
		}
		return "", ctx.Err()
	}
}
