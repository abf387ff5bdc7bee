// Package command has the commands of a program, which run once in its life.
package command

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// Watch is the command that runs something whenever files change.
func Watch(changed func(file string) error) *cobra.Command {
	return &cobra.Command{
		Use: "watch",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("no files")
			}
			return watch(args, changed)
		},
	}
}

// Watch looks for changes until one cannot be dealt with: that is the end of the program.
func watch(files []string, changed func(file string) error) error {
	changes := make(chan string)
	for _, f := range files {
		go look(f, changes)
	}
	for {
		if err := changed(<-changes); err != nil {
			return fmt.Errorf("watch: %w", err)
		}
	}
}

func look(file string, changes chan<- string) {
	var last time.Time
	for {
		if info, err := os.Stat(file); err == nil && info.ModTime().After(last) {
			last = info.ModTime()
			changes <- file
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Update tells in the end whether there is a newer version, if that is known by then.
func Update(cmd *cobra.Command, newest func() string, work func() error) error {
	version := make(chan string)
	go func() { version <- newest() }()
	err := work()
	select {
	case v := <-version:
		fmt.Fprintf(os.Stderr, "%s %s is there\n", cmd.Use, v)
	default:
	}
	return err
}
