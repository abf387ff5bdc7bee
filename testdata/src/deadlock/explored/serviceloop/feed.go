package serviceloop

import "sync"

// Feed hands what is posted to all who follow it.
type Feed struct {
	mu        sync.Mutex
	followers map[int]follower
	next      int
}

type follower struct{ news chan<- string }

// NewFeed returns a feed that nobody follows.
func NewFeed() *Feed { return &Feed{followers: map[int]follower{}} }

func (f *Feed) add() (<-chan string, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next++
	news := make(chan string, 16)
	f.followers[f.next] = follower{news}
	return news, f.next
}

func (f *Feed) remove(id int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.followers, id)
}

// Post hands something to all. Who does not follow any more has to wait for the lock.
func (f *Feed) Post(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range f.followers {
		w.news <- text // want "send on w.news blocks for ever when Post is called again and again after Follow: who could help waits for ever too"
	}
}

// Follow reads what is posted until read fails.
func (f *Feed) Follow(read func(string) error) error {
	news, id := f.add()
	for text := range news {
		if err := read(text); err != nil {
			f.remove(id)
			return err
		}
	}
	return nil
}

// FeedFixed hands what is posted to all who follow it.
type FeedFixed struct {
	mu        sync.Mutex
	followers map[int]followerFixed
	next      int
}

type followerFixed struct {
	news chan<- string
	gone <-chan struct{}
}

// NewFeedFixed returns a feed that nobody follows.
func NewFeedFixed() *FeedFixed { return &FeedFixed{followers: map[int]followerFixed{}} }

func (f *FeedFixed) add(gone <-chan struct{}) (<-chan string, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next++
	news := make(chan string, 16)
	f.followers[f.next] = followerFixed{news, gone}
	return news, f.next
}

func (f *FeedFixed) remove(id int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.followers, id)
}

// Post hands something to all, unless they are about to go.
func (f *FeedFixed) Post(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range f.followers {
		select {
		case w.news <- text:
		case <-w.gone:
		}
	}
}

// Follow reads what is posted until read fails.
func (f *FeedFixed) Follow(read func(string) error) error {
	gone := make(chan struct{})
	news, id := f.add(gone)
	for text := range news {
		if err := read(text); err != nil {
			close(gone)
			f.remove(id)
			return err
		}
	}
	return nil
}
