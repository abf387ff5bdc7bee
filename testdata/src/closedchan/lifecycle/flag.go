package lifecycle

import "sync"

// Flag is raised and lowered; others can wait until it is raised.
type Flag struct {
	mu     sync.Mutex
	up     bool
	raised chan struct{}
}

// NewFlag returns a flag that is not raised.
func NewFlag() *Flag { return &Flag{raised: make(chan struct{})} }

// Raise raises the flag.
func (f *Flag) Raise() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.up {
		return
	}
	f.up = true
	close(f.raised) // contract "close of closed channel f.raised"
}

// Lower lowers the flag.
func (f *Flag) Lower() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.up = false
}

// Raised returns a channel that is closed once the flag is raised.
func (f *Flag) Raised() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.raised
}

// FlagFixed is raised and lowered; others can wait until it is raised.
type FlagFixed struct {
	mu     sync.Mutex
	up     bool
	raised chan struct{}
}

// NewFlagFixed returns a flag that is not raised.
func NewFlagFixed() *FlagFixed { return &FlagFixed{raised: make(chan struct{})} }

// Raise raises the flag.
func (f *FlagFixed) Raise() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.up {
		return
	}
	f.up = true
	close(f.raised)
}

// Lower lowers the flag.
func (f *FlagFixed) Lower() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.up {
		f.up = false
		f.raised = make(chan struct{})
	}
}

// Raised returns a channel that is closed once the flag is raised.
func (f *FlagFixed) Raised() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.raised
}
