// Package refused waits for what it has put into the mailbox of another package.
package refused

import "example.com/corpus/deadlock/explored/refused/mailbox"

// Balancer does one thing after the other. The mailbox is its owner's, who closes it
// when nobody makes calls any more.
type Balancer struct {
	box *mailbox.Box
	n   int
}

// NewBalancer returns one for a mailbox that is read.
func NewBalancer(box *mailbox.Box) *Balancer { return &Balancer{box: box} }

// Update waits until it was its turn.
func (b *Balancer) Update(n int) {
	done := make(chan struct{})
	b.box.Put(func() {
		b.n = n
		close(done)
	})
	<-done
}

// Forgotten is done by nobody, whether the box is closed or not.
func (b *Balancer) Forgotten(n int) {
	done := make(chan struct{})
	b.box.Put(func() { b.n = n })
	<-done // want "receive from done blocks for ever"
}
