package cond

import "sync"

// Turns lets two players move by turns and returns the record of the game.
func Turns(moves int, play func(player int) string) (record []string) {
	var mu sync.Mutex
	next := 0
	turn := sync.NewCond(&mu)
	var wg sync.WaitGroup
	for p := range 2 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for len(record) < moves {
				if next != p {
					turn.Wait() // want "turn.Wait blocks for ever"
					continue
				}
				record = append(record, play(p))
				next = 1 - p
				if len(record) < moves {
					turn.Signal()
				}
			}
		})
	}
	wg.Wait()
	return record
}

// TurnsFixed lets two players move by turns and returns the record of the game.
func TurnsFixed(moves int, play func(player int) string) (record []string) {
	var mu sync.Mutex
	next := 0
	turn := sync.NewCond(&mu)
	var wg sync.WaitGroup
	for p := range 2 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for len(record) < moves {
				if next != p {
					turn.Wait()
					continue
				}
				record = append(record, play(p))
				next = 1 - p
				turn.Signal()
			}
		})
	}
	wg.Wait()
	return record
}
