package worker

import (
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Frame is a picture of a film.
type Frame []byte

// Encode compresses the frames in parallel. Frames without content are left
// out.
func Encode(frames []Frame, workers int, compress func(Frame) (Frame, error)) ([]Frame, error) {
	in := make(chan Frame)
	var g errgroup.Group
	var mu sync.Mutex
	var out []Frame
	for range max(1, workers) {
		g.Go(func() error {
			for f := range in { // want "range over in never ends"
				c, err := compress(f)
				if err != nil {
					c = f
				}
				mu.Lock()
				out = append(out, c)
				mu.Unlock()
			}
			return nil
		})
	}
	for i, f := range frames {
		if f == nil {
			return nil, fmt.Errorf("frame %d is missing", i)
		}
		if len(f) > 0 {
			in <- f
		}
	}
	close(in)
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return out, nil
}

// EncodeFixed compresses the frames in parallel. Frames without content are left
// out.
func EncodeFixed(frames []Frame, workers int, compress func(Frame) (Frame, error)) ([]Frame, error) {
	in := make(chan Frame)
	var g errgroup.Group
	var mu sync.Mutex
	var out []Frame
	for range max(1, workers) {
		g.Go(func() error {
			for f := range in {
				c, err := compress(f)
				if err != nil {
					c = f
				}
				mu.Lock()
				out = append(out, c)
				mu.Unlock()
			}
			return nil
		})
	}
	for i, f := range frames {
		if f == nil {
			close(in)
			g.Wait()
			return nil, fmt.Errorf("frame %d is missing", i)
		}
		if len(f) > 0 {
			in <- f
		}
	}
	close(in)
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return out, nil
}
