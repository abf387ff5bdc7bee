package stopsignal

import "sync"

// Player plays songs one after the other.
type Player struct {
	mu     sync.Mutex
	paused bool
	resume chan struct{}
	ended  chan struct{}
}

// NewPlayer plays the songs. A player that starts paused waits for Resume.
func NewPlayer(songs []string, play func(string), paused bool) *Player {
	p := &Player{paused: paused, resume: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(p.ended)
		if paused {
			<-p.resume // want "receive from p.resume blocks for ever"
		}
		for _, s := range songs {
			play(s)
		}
	}()
	return p
}

// Resume lets a paused player go on.
func (p *Player) Resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.paused {
		p.paused = false
	}
}

// Paused tells whether the player waits.
func (p *Player) Paused() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.paused
}

// PlayerFixed plays songs one after the other.
type PlayerFixed struct {
	mu     sync.Mutex
	paused bool
	resume chan struct{}
	ended  chan struct{}
}

// NewPlayerFixed plays the songs. A player that starts paused waits for Resume.
func NewPlayerFixed(songs []string, play func(string), paused bool) *PlayerFixed {
	p := &PlayerFixed{paused: paused, resume: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(p.ended)
		if paused {
			<-p.resume
		}
		for _, s := range songs {
			play(s)
		}
	}()
	return p
}

// Resume lets a paused player go on.
func (p *PlayerFixed) Resume() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.paused {
		p.paused = false
		close(p.resume)
	}
}

// Paused tells whether the player waits.
func (p *PlayerFixed) Paused() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.paused
}
