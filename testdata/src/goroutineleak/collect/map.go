package collect

import "fmt"

// Map applies f to every item, at most limit at a time, and keeps their order.
func Map[In, Out any](items []In, limit int, f func(In) (Out, error)) ([]Out, error) {
	type indexed struct {
		i   int
		out Out
		err error
	}
	results := make(chan indexed)
	slots := make(chan struct{}, max(1, limit))
	for i, item := range items {
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			out, err := f(item)
			results <- indexed{i, out, err} // want "send on results blocks for ever"
		}()
	}
	all := make([]Out, len(items))
	for range items {
		r := <-results
		if r.err != nil {
			return nil, fmt.Errorf("item %d: %w", r.i, r.err)
		}
		all[r.i] = r.out
	}
	return all, nil
}

// MapFixed applies f to every item, at most limit at a time, and keeps their order.
func MapFixed[In, Out any](items []In, limit int, f func(In) (Out, error)) ([]Out, error) {
	type indexed struct {
		i   int
		out Out
		err error
	}
	results := make(chan indexed)
	quit := make(chan struct{})
	defer close(quit)
	slots := make(chan struct{}, max(1, limit))
	for i, item := range items {
		go func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			out, err := f(item)
			select {
			case results <- indexed{i, out, err}:
			case <-quit:
			}
		}()
	}
	all := make([]Out, len(items))
	for range items {
		r := <-results
		if r.err != nil {
			return nil, fmt.Errorf("item %d: %w", r.i, r.err)
		}
		all[r.i] = r.out
	}
	return all, nil
}
