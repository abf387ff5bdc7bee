package slots

import "sync"

// Ring keeps what comes in the order in which it was asked for. The type of its
// places is written out wherever it is needed.
type Ring[T any] struct {
	places []*struct {
		value chan T
		mu    sync.Mutex
	}
	at int
}

// NewRing returns a ring with n places.
func NewRing[T any](n int) *Ring[T] {
	places := make([]*struct {
		value chan T
		mu    sync.Mutex
	}, n)
	for i := range places {
		places[i] = &struct {
			value chan T
			mu    sync.Mutex
		}{value: make(chan T, 1)}
	}
	return &Ring[T]{places: places}
}

// Put fills a place.
func (r *Ring[T]) Put(i int, v T) { r.places[i].value <- v }

// Next empties the next place.
func (r *Ring[T]) Next() T {
	p := r.places[r.at%len(r.places)]
	r.at++
	return <-p.value
}
