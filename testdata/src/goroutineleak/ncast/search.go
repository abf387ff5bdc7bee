package ncast

import "time"

// Replica is one copy of the index.
type Replica struct {
	Name  string
	Terms map[string][]int
	Delay time.Duration
}

func (r *Replica) lookup(term string) []int {
	if r.Delay > 0 {
		time.Sleep(r.Delay)
	}
	return r.Terms[term]
}

// Search queries the primary and its two replicas.
func Search(primary, east, west *Replica, term string) []int {
	hits := make(chan []int)
	query := func(r *Replica) {
		hits <- r.lookup(term) // want "send on hits blocks for ever"
	}
	go query(primary)
	go query(east)
	go query(west)
	return <-hits
}

// SearchFixed queries the primary and its two replicas.
func SearchFixed(primary, east, west *Replica, term string) []int {
	hits := make(chan []int)
	done := make(chan struct{})
	defer close(done)
	query := func(r *Replica) {
		select {
		case hits <- r.lookup(term):
		case <-done:
		}
	}
	go query(primary)
	go query(east)
	go query(west)
	return <-hits
}
