package generator

import "time"

// Item is an entry of a news feed.
type Item struct {
	Title string
	Time  time.Time
}

// feed delivers the items of a news feed.
type feed struct {
	items chan Item
	stop  chan struct{}
}

// open starts to read a feed. The items are fetched by poll.
func (f *feed) open(poll func() ([]Item, error)) {
	f.items = make(chan Item)
	f.stop = make(chan struct{})
	go func() {
		defer close(f.items)
		for {
			select {
			case <-f.stop:
				return
			default:
			}
			batch, err := poll()
			if err != nil {
				return
			}
			for _, it := range batch {
				f.items <- it // want "send on f.items blocks for ever"
			}
		}
	}()
}

// close ends the feed.
func (f *feed) close() { close(f.stop) }

// Latest returns the first item that is younger than limit.
func Latest(poll func() ([]Item, error), limit time.Duration) (Item, bool) {
	var f feed
	f.open(poll)
	defer f.close()
	for it := range f.items {
		if time.Since(it.Time) < limit {
			return it, true
		}
	}
	return Item{}, false
}

// feedFixed delivers the items of a news feedFixed.
type feedFixed struct {
	items chan Item
	stop  chan struct{}
}

// open starts to read a feedFixed. The items are fetched by poll.
func (f *feedFixed) open(poll func() ([]Item, error)) {
	f.items = make(chan Item)
	f.stop = make(chan struct{})
	go func() {
		defer close(f.items)
		for {
			select {
			case <-f.stop:
				return
			default:
			}
			batch, err := poll()
			if err != nil {
				return
			}
			for _, it := range batch {
				select {
				case f.items <- it:
				case <-f.stop:
					return
				}
			}
		}
	}()
}

// close ends the feedFixed.
func (f *feedFixed) close() { close(f.stop) }

// LatestFixed returns the first item that is younger than limit.
func LatestFixed(poll func() ([]Item, error), limit time.Duration) (Item, bool) {
	var f feedFixed
	f.open(poll)
	defer f.close()
	for it := range f.items {
		if time.Since(it.Time) < limit {
			return it, true
		}
	}
	return Item{}, false
}
