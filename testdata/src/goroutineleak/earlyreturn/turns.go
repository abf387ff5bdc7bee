package earlyreturn

// Turns has workers wait for their turn, and gives it to the first alone.
func Turns(work func(int)) {
	turns := map[int]chan struct{}{}
	for i := range 3 {
		turn := make(chan struct{})
		turns[i] = turn
		go func() {
			<-turn // want "receive from turn blocks for ever"
			work(i)
		}()
	}
	for i, turn := range turns {
		close(turn)
		delete(turns, i)
		break
	}
}

// TurnsFixed has workers wait for their turn, and gives it to all.
func TurnsFixed(work func(int)) {
	turns := map[int]chan struct{}{}
	for i := range 3 {
		turn := make(chan struct{})
		turns[i] = turn
		go func() {
			<-turn
			work(i)
		}()
	}
	for i, turn := range turns {
		close(turn)
		delete(turns, i)
	}
}
