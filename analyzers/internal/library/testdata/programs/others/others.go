// Package others shows pipes, sequences, signals, processes and callbacks.
package others

import (
	"fmt"
	"io"
	"iter"
	"log"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"sort"
)

// Upload reads the pipe to its end, or closes it.
func Upload(src []string, send func(io.Reader) error) error {
	pr, pw := io.Pipe()
	go func() {
		for _, s := range src {
			if _, err := fmt.Fprintln(pw, s); err != nil {
				return
			}
		}
		pw.Close()
	}()
	_, err := io.Copy(io.Discard, pr)
	return err
}

// GiveUp leaves the writer alone after the first piece.
func GiveUp(src []string) error {
	pr, pw := io.Pipe()
	go func() {
		defer pw.Close()
		for _, s := range src {
			if _, err := fmt.Fprintln(pw, s); err != nil { // stuck: GiveUp
				return
			}
		}
	}()
	_, err := pr.Read(make([]byte, 10))
	return err
}

// Forgets does not close when it fails.
func Forgets(open func() error) error {
	pr, pw := io.Pipe()
	go func() {
		if err := open(); err != nil {
			return
		}
		pw.Close()
	}()
	_, err := io.ReadAll(pr) // stuck: Forgets
	return err
}

func CloseBoth(open func() error) error {
	pr, pw := io.Pipe()
	go func() { pw.CloseWithError(open()) }()
	_, err := io.ReadAll(pr)
	return err
}

func count(yield func(int) bool) {
	for i := range 3 {
		if !yield(i) {
			return
		}
	}
}

// First forgets to stop the sequence.
func First() (int, bool) {
	next, _ := iter.Pull(count) // stuck: First
	return next()
}

func FirstStopped() (int, bool) {
	next, stop := iter.Pull(count)
	defer stop()
	return next()
}

func All() (sum int) {
	next, stop := iter.Pull(count)
	for {
		v, ok := next()
		if !ok {
			break
		}
		sum += v
	}
	_ = stop
	return sum
}

func Interrupt() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	<-c
	signal.Stop(c)
}

// Fatal ends the process: who waits then does not matter.
func Fatal(run func() error) {
	errs := make(chan error)
	go func() { errs <- run() }()
	if run() != nil {
		log.Fatal("no way")
	}
	<-errs
}

// Serve gives up the server's goroutine when ctx ends.
func Serve(srv *http.Server, quit <-chan struct{}) error {
	errs := make(chan error)
	go func() { errs <- srv.ListenAndServe() }() // stuck: Serve
	select {
	case err := <-errs:
		return err
	case <-quit:
		return srv.Close()
	}
}

// Sorted starts a goroutine for each item, and receives as often: sorting does
// not change how many there are.
func Sorted(items []int, work func(int) int) (out []int) {
	c := make(chan int)
	for _, v := range items {
		go func() { c <- work(v) }()
	}
	sort.Slice(items, func(i, j int) bool { return items[i] < items[j] })
	slices.SortFunc(items, func(a, b int) int { return a - b })
	for range items {
		out = append(out, <-c)
	}
	return out
}

// Each closes what the callback finds.
func Each(stop []chan struct{}) {
	c := make(chan struct{})
	go func() { <-c }()
	all := append([]chan struct{}{}, c)
	_ = slices.IndexFunc(all, func(c chan struct{}) bool {
		close(c)
		return false
	})
}
