package slots

import "errors"

var errTaken = errors.New("the key is taken")

// Store keeps values under keys. Its lock is a channel.
type Store struct {
	lock   chan struct{}
	values map[string]string
}

// NewStore makes an empty store.
func NewStore() *Store {
	return &Store{lock: make(chan struct{}, 1), values: map[string]string{}}
}

// Put adds a value.
func (s *Store) Put(key, value string) error {
	s.lock <- struct{}{} // want "send on s.lock blocks for ever when Put is called again and again"
	if _, ok := s.values[key]; ok {
		return errTaken
	}
	s.values[key] = value
	<-s.lock
	return nil
}

// Get looks a value up.
func (s *Store) Get(key string) string {
	s.lock <- struct{}{}
	defer func() { <-s.lock }()
	return s.values[key]
}

// StoreFixed keeps values under keys. Its lock is a channel.
type StoreFixed struct {
	lock   chan struct{}
	values map[string]string
}

// NewStoreFixed makes an empty store.
func NewStoreFixed() *StoreFixed {
	return &StoreFixed{lock: make(chan struct{}, 1), values: map[string]string{}}
}

// Put adds a value.
func (s *StoreFixed) Put(key, value string) error {
	s.lock <- struct{}{}
	defer func() { <-s.lock }()
	if _, ok := s.values[key]; ok {
		return errTaken
	}
	s.values[key] = value
	return nil
}

// Get looks a value up.
func (s *StoreFixed) Get(key string) string {
	s.lock <- struct{}{}
	defer func() { <-s.lock }()
	return s.values[key]
}
