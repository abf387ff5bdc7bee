package lengths

import "sync"

// Hub keeps feeds, which hold back what comes while they are paused.
type Hub struct {
	mu    sync.Mutex
	feeds map[string]*Feed
}

// Feed passes values on.
type Feed struct {
	mu     sync.Mutex
	paused bool
	held   chan int
	out    chan int
}

// NewHub returns a hub without feeds.
func NewHub() *Hub { return &Hub{feeds: map[string]*Feed{}} }

// Add makes a feed that has room for some values.
func (h *Hub) Add(name string, room int) *Feed {
	h.mu.Lock()
	defer h.mu.Unlock()
	f := &Feed{held: make(chan int, room), out: make(chan int, room)}
	h.feeds[name] = f
	return f
}

// Len tells how many feeds there are.
func (h *Hub) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.feeds)
}

// ResumeAll has all feeds go on.
func (h *Hub) ResumeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, f := range h.feeds {
		f.resume()
	}
}

func (f *Feed) resume() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.held) > 0 {
		v := <-f.held
		f.out <- v
	}
	f.paused = false
}

// Pause holds back what comes from now on.
func (f *Feed) Pause() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.paused = true
}

// Put takes a value.
func (f *Feed) Put(v int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.paused {
		f.held <- v
	} else {
		f.out <- v
	}
}

// Values are what the feed passes on.
func (f *Feed) Values() <-chan int { return f.out }
