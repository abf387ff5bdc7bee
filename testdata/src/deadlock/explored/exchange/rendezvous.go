package exchange

import "sync"

// Rendezvous runs the parties, all of which meet before any of them goes on.
// A party that cannot come says so by an error.
func Rendezvous(come []func() error, meet func(party int)) (absent int) {
	var mu sync.Mutex
	arrived := make(chan int)
	open := make(chan struct{})
	var wg sync.WaitGroup
	for i, f := range come {
		wg.Go(func() {
			if err := f(); err != nil {
				mu.Lock()
				absent++
				mu.Unlock()
				return
			}
			arrived <- i
			<-open
			meet(i)
		})
	}
	for range come {
		<-arrived // want "receive from arrived blocks for ever"
	}
	close(open)
	wg.Wait()
	return absent
}

// RendezvousFixed runs the parties, all of which meet before any of them goes on.
// A party that cannot come says so by an error.
func RendezvousFixed(come []func() error, meet func(party int)) (absent int) {
	var mu sync.Mutex
	arrived := make(chan int)
	open := make(chan struct{})
	var wg sync.WaitGroup
	for i, f := range come {
		wg.Go(func() {
			if err := f(); err != nil {
				mu.Lock()
				absent++
				mu.Unlock()
				arrived <- -1
				return
			}
			arrived <- i
			<-open
			meet(i)
		})
	}
	for range come {
		<-arrived
	}
	close(open)
	wg.Wait()
	return absent
}
