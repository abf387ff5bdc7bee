package ncast

import (
	"context"
	"errors"
	"fmt"
)

// Mirror is a server that holds copies of files.
type Mirror interface {
	Get(ctx context.Context, file string) ([]byte, error)
}

// Fastest returns the file from the mirror that delivers it first.
func Fastest(ctx context.Context, mirrors []Mirror, file string) ([]byte, error) {
	if len(mirrors) == 0 {
		return nil, errors.New("no mirrors")
	}
	type copied struct {
		data []byte
		err  error
	}
	copies := make(chan copied)
	for _, m := range mirrors {
		go func() {
			data, err := m.Get(ctx, file)
			copies <- copied{data, err} // want "send on copies blocks for ever"
		}()
	}
	first := <-copies
	if first.err != nil {
		return nil, fmt.Errorf("%s: %w", file, first.err)
	}
	return first.data, nil
}

// FastestFixed returns the file from the mirror that delivers it first.
func FastestFixed(ctx context.Context, mirrors []Mirror, file string) ([]byte, error) {
	if len(mirrors) == 0 {
		return nil, errors.New("no mirrors")
	}
	type copied struct {
		data []byte
		err  error
	}
	copies := make(chan copied, len(mirrors))
	for _, m := range mirrors {
		go func() {
			data, err := m.Get(ctx, file)
			copies <- copied{data, err}
		}()
	}
	first := <-copies
	if first.err != nil {
		return nil, fmt.Errorf("%s: %w", file, first.err)
	}
	return first.data, nil
}
