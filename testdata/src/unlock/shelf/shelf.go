// Package shelf has books that are shown to whoever asks.
package shelf

import "sync"

// Book is a book; who reads it locks it.
type Book struct {
	sync.RWMutex
	Title string
	Pages []string
}

// Shelf holds books.
type Shelf struct {
	mu    sync.Mutex
	Books []*Book
}

// Each calls f for each book until it fails.
func (s *Shelf) Each(f func(*Book) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.Books {
		if err := f(b); err != nil {
			return err
		}
	}
	return nil
}
