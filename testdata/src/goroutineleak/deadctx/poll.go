package deadctx

import "context"

// Poll calls f for every tick and afterwards cleans up.
func Poll(ticks int, f func(int), cleanup func()) {
	ctx, _ := context.WithCancel(context.Background()) // also lostcancel "the cancel function of context.WithCancel is discarded"
	idle := make(chan struct{})
	go func() {
		defer close(idle)
		defer cleanup()
		<-ctx.Done() // want "receive from ctx.Done.* blocks for ever"
	}()
	for i := range ticks {
		select {
		case <-idle:
			return
		default:
			f(i)
		}
	}
}

// PollFixed calls f for every tick and afterwards cleans up.
func PollFixed(ticks int, f func(int), cleanup func()) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	idle := make(chan struct{})
	go func() {
		defer close(idle)
		defer cleanup()
		<-ctx.Done()
	}()
	for i := range ticks {
		select {
		case <-idle:
			return
		default:
			f(i)
		}
	}
}
