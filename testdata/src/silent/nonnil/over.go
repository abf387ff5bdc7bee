package nonnil

import "sync"

// over is what is over from the first.
var over = make(chan struct{})

func init() { close(over) }

// Future is a value that comes some time. Who waits finds the channel that was made
// for those who wait, or one that is closed.
type Future struct {
	mu    sync.Mutex
	value int
	wait  chan struct{}
}

func (f *Future) done() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.wait == nil {
		f.wait = make(chan struct{})
	}
	return f.wait
}

func (f *Future) fill(v int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.value = v
	w := f.wait
	f.wait = over
	if w != nil {
		close(w)
	}
}

// Await gives the value to who comes before and to who comes after it.
func Await(v int) int {
	f := &Future{}
	var wg sync.WaitGroup
	wg.Add(1)
	got := 0
	go func() {
		defer wg.Done()
		<-f.done()
		got = f.value
	}()
	f.fill(v)
	wg.Wait()
	return got
}
