package sized

import "sync"

// A Store says how many may use it at a time.
type Store interface {
	Slots() int
	Limits() (readers uint, err error)
	Get(key string) []byte
}

// Copy gets what a store has under the keys, as many at a time as it lets.
func Copy(s Store, keys []string, keep func([]byte)) {
	room := make(chan struct{}, s.Slots())
	var wg sync.WaitGroup
	for _, k := range keys {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			keep(s.Get(k))
		})
	}
	wg.Wait()
}

// Scan gets the same with as many workers as the store lets read.
func Scan(s Store, keys []string, keep func([]byte)) error {
	readers, err := s.Limits()
	if err != nil {
		return err
	}
	todo := make(chan string)
	var wg sync.WaitGroup
	for i := 0; i < int(readers); i++ {
		wg.Go(func() {
			for k := range todo {
				keep(s.Get(k))
			}
		})
	}
	for _, k := range keys {
		todo <- k
	}
	close(todo)
	wg.Wait()
	return nil
}
