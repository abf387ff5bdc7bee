package owner

import (
	"bufio"
	"context"
	"io"
	"sync"
)

// Feed copies lines to many.
type Feed struct {
	Open func(name string) io.Reader
}

// readers is how many take lines at the same time.
const readers = 20

// Copy hands the head of a feed, and then its lines until ctx ends, to the readers.
func (f *Feed) Copy(ctx context.Context, take func(string)) error {
	head, err := f.line(context.Background(), f.Open("head"))
	if err != nil {
		return err
	}
	lines := make(chan string)
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			take(head)
			for line := range lines {
				take(line)
			}
		})
	}
	defer wg.Wait()
	defer close(lines)
	for {
		line, err := f.line(ctx, f.Open("lines"))
		if err != nil {
			return err
		}
		lines <- line
	}
}

// line is the first line that comes.
func (f *Feed) line(ctx context.Context, r io.Reader) (string, error) {
	got, failed := make(chan string, 1), make(chan error, 1)
	defer close(got)
	go func() {
		line, err := bufio.NewReader(r).ReadString('\n')
		if err != nil {
			failed <- err
			return
		}
		got <- line // want "send on closed channel got"
	}()
	select {
	case line := <-got:
		return line, nil
	case err := <-failed:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// CopyFixed hands the head of a feed, and then its lines until ctx ends, to the readers.
func (f *Feed) CopyFixed(ctx context.Context, take func(string)) error {
	head, err := f.lineFixed(context.Background(), f.Open("head"))
	if err != nil {
		return err
	}
	lines := make(chan string)
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			take(head)
			for line := range lines {
				take(line)
			}
		})
	}
	defer wg.Wait()
	defer close(lines)
	for {
		line, err := f.lineFixed(ctx, f.Open("lines"))
		if err != nil {
			return err
		}
		lines <- line
	}
}

// lineFixed is the first line that comes.
func (f *Feed) lineFixed(ctx context.Context, r io.Reader) (string, error) {
	got := make(chan string, 1)
	go func() {
		defer close(got)
		line, err := bufio.NewReader(r).ReadString('\n')
		if err != nil {
			return
		}
		got <- line
	}()
	select {
	case line, ok := <-got:
		if !ok {
			return "", io.ErrUnexpectedEOF
		}
		return line, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
