package onesignal

import (
	"sync"
	"time"
)

// Duplex copies messages in both directions.
type Duplex struct {
	quit chan struct{}
	once sync.Once
}

type side struct {
	name string
	msgs chan string
}

// Connect starts to copy what the two functions produce.
func Connect(left, right func(string)) (*Duplex, func(string), func(string)) {
	d := &Duplex{quit: make(chan struct{}, 1)}
	l, r := &side{"left", make(chan string)}, &side{"right", make(chan string)}
	go d.copy(l, right)
	go d.copy(r, left)
	return d, d.sender(l), d.sender(r)
}

func (d *Duplex) copy(from *side, to func(string)) {
	for {
		select { // want "select blocks for ever"
		case m := <-from.msgs:
			to(from.name + ": " + m)
		case <-d.quit:
			return
		}
	}
}

func (d *Duplex) sender(s *side) func(string) {
	return func(m string) {
		select {
		case s.msgs <- m:
		case <-time.After(time.Second):
		}
	}
}

// Close ends the copying.
func (d *Duplex) Close() {
	d.once.Do(func() { d.quit <- struct{}{} })
}

// Mirror sends the messages to the left and returns what arrives on the right.
func Mirror(msgs []string) []string {
	var (
		mu  sync.Mutex
		got []string
	)
	d, left, _ := Connect(func(string) {}, func(m string) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, m)
	})
	defer d.Close()
	for _, m := range msgs {
		left(m)
	}
	mu.Lock()
	defer mu.Unlock()
	return got
}

// DuplexFixed copies messages in both directions.
type DuplexFixed struct {
	quit chan struct{}
	once sync.Once
}

type sideFixed struct {
	name string
	msgs chan string
}

// ConnectFixed starts to copy what the two functions produce.
func ConnectFixed(left, right func(string)) (*DuplexFixed, func(string), func(string)) {
	d := &DuplexFixed{quit: make(chan struct{}, 1)}
	l, r := &sideFixed{"left", make(chan string)}, &sideFixed{"right", make(chan string)}
	go d.copy(l, right)
	go d.copy(r, left)
	return d, d.sender(l), d.sender(r)
}

func (d *DuplexFixed) copy(from *sideFixed, to func(string)) {
	for {
		select {
		case m := <-from.msgs:
			to(from.name + ": " + m)
		case <-d.quit:
			return
		}
	}
}

func (d *DuplexFixed) sender(s *sideFixed) func(string) {
	return func(m string) {
		select {
		case s.msgs <- m:
		case <-time.After(time.Second):
		}
	}
}

// Close ends the copying.
func (d *DuplexFixed) Close() {
	d.once.Do(func() { close(d.quit) })
}

// MirrorFixed sends the messages to the left and returns what arrives on the right.
func MirrorFixed(msgs []string) []string {
	var (
		mu  sync.Mutex
		got []string
	)
	d, left, _ := ConnectFixed(func(string) {}, func(m string) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, m)
	})
	defer d.Close()
	for _, m := range msgs {
		left(m)
	}
	mu.Lock()
	defer mu.Unlock()
	return got
}
