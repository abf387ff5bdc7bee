package serviceloop

import "sync"

type request struct {
	key   string
	value *string // nil to read
	reply chan string
}

// Store keeps values. All requests are served in their order.
type Store struct {
	requests chan request
	quit     chan struct{}
	once     sync.Once
}

// OpenStore returns a store that can take a number of requests ahead.
func OpenStore(ahead int) *Store {
	s := &Store{requests: make(chan request, max(1, ahead)), quit: make(chan struct{})}
	go s.serve()
	return s
}

func (s *Store) serve() {
	values := map[string]string{}
	for {
		select {
		case r := <-s.requests:
			if r.value != nil {
				values[r.key] = *r.value
			}
			r.reply <- values[r.key]
		case <-s.quit:
			return
		}
	}
}

func (s *Store) do(r request) string {
	r.reply = make(chan string, 1)
	select {
	case s.requests <- r:
	case <-s.quit:
		return ""
	}
	return <-r.reply // want "receive from r.reply blocks for ever"
}

// Get returns the value of a key.
func (s *Store) Get(key string) string { return s.do(request{key: key}) }

// Set stores a value.
func (s *Store) Set(key, value string) { s.do(request{key: key, value: &value}) }

// Close ends the store. Requests that wait are not answered.
func (s *Store) Close() { s.once.Do(func() { close(s.quit) }) }

type requestFixed struct {
	key   string
	value *string // nil to read
	reply chan string
}

// StoreFixed keeps values. All requests are served in their order.
type StoreFixed struct {
	requests chan requestFixed
	quit     chan struct{}
	once     sync.Once
}

// OpenStoreFixed returns a store that can take a number of requests ahead.
func OpenStoreFixed(ahead int) *StoreFixed {
	s := &StoreFixed{requests: make(chan requestFixed, max(1, ahead)), quit: make(chan struct{})}
	go s.serve()
	return s
}

func (s *StoreFixed) serve() {
	values := map[string]string{}
	for {
		select {
		case r := <-s.requests:
			if r.value != nil {
				values[r.key] = *r.value
			}
			r.reply <- values[r.key]
		case <-s.quit:
			return
		}
	}
}

func (s *StoreFixed) do(r requestFixed) string {
	r.reply = make(chan string, 1)
	select {
	case s.requests <- r:
	case <-s.quit:
		return ""
	}
	select {
	case v := <-r.reply:
		return v
	case <-s.quit:
		return ""
	}
}

// Get returns the value of a key.
func (s *StoreFixed) Get(key string) string { return s.do(requestFixed{key: key}) }

// Set stores a value.
func (s *StoreFixed) Set(key, value string) { s.do(requestFixed{key: key, value: &value}) }

// Close ends the store. Requests that wait are not answered.
func (s *StoreFixed) Close() { s.once.Do(func() { close(s.quit) }) }
