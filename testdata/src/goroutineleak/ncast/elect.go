package ncast

// Peer takes part in an election.
type Peer interface {
	Vote(term int, candidate string) bool
}

// Elect asks the peers for their votes and returns as soon as the candidate
// has the majority.
func Elect(peers []Peer, term int, candidate string) bool {
	votes := make(chan bool)
	for _, p := range peers {
		go func(p Peer) {
			votes <- p.Vote(term, candidate) // want "send on votes blocks for ever"
		}(p)
	}
	granted := 1
	for range peers {
		if <-votes {
			granted++
		}
		if granted > (len(peers)+1)/2 {
			return true
		}
	}
	return false
}

// ElectFixed asks the peers for their votes and returns as soon as the candidate
// has the majority.
func ElectFixed(peers []Peer, term int, candidate string) bool {
	votes := make(chan bool, len(peers))
	for _, p := range peers {
		go func(p Peer) {
			votes <- p.Vote(term, candidate)
		}(p)
	}
	granted := 1
	for range peers {
		if <-votes {
			granted++
		}
		if granted > (len(peers)+1)/2 {
			return true
		}
	}
	return false
}
