// Package tickets takes tickets from a channel: that one was free says nothing of
// the next, other than with a channel that is closed.
package tickets

// Office has tickets.
type Office struct{ free chan struct{} }

// New returns an office with n tickets.
func New(n int) *Office {
	o := &Office{free: make(chan struct{}, n)}
	for range n {
		o.free <- struct{}{}
	}
	return o
}

// Return gives a ticket back.
func (o *Office) Return() { o.free <- struct{}{} }

// Both takes two tickets and tells whether it got them.
func (o *Office) Both() bool {
	missing := make(chan struct{})
	<-o.free
	select {
	case <-o.free:
		return true
	default:
		<-missing // want "receive from missing blocks for ever"
		return false
	}
}

// BothFixed takes two tickets and tells whether it got them.
func (o *Office) BothFixed() bool {
	<-o.free
	select {
	case <-o.free:
		return true
	default:
		o.Return()
		return false
	}
}
