package absent

import "sync"

// Phases runs the functions in rounds: none begins a round before all have
// ended the one before.
func Phases(rounds int, fns ...func(round int)) {
	gates := make([]chan struct{}, rounds)
	for i := 1; i < rounds; i++ {
		gates[i] = make(chan struct{}, 1)
	}
	for round := range rounds {
		var wg sync.WaitGroup
		for _, f := range fns {
			wg.Go(func() { f(round) })
		}
		wg.Wait()
		gates[round] <- struct{}{} // want "send on gates.* blocks for ever"
	}
}

// PhasesFixed runs the functions in rounds: none begins a round before all have
// ended the one before.
func PhasesFixed(rounds int, fns ...func(round int)) {
	gates := make([]chan struct{}, rounds)
	for i := range gates {
		gates[i] = make(chan struct{}, 1)
	}
	for round := range rounds {
		var wg sync.WaitGroup
		for _, f := range fns {
			wg.Go(func() { f(round) })
		}
		wg.Wait()
		gates[round] <- struct{}{}
	}
}
