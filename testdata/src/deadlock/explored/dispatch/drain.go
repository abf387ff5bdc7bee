package dispatch

import "sync/atomic"

// Drain moves the messages of a queue to the sinks. A sink that fails is not
// used again.
func Drain(queue []string, sinks []func(string) error) int {
	msgs := make(chan string)
	dead := make(chan struct{}, len(sinks))
	var sent atomic.Int64
	for _, sink := range sinks {
		go func() {
			defer func() { dead <- struct{}{} }()
			for m := range msgs {
				if err := sink(m); err != nil {
					return
				}
				sent.Add(1)
			}
		}()
	}
	alive := len(sinks)
	for _, m := range queue {
		if alive == 0 {
			break
		}
		msgs <- m // want "send on msgs blocks for ever"
	}
	close(msgs)
	for ; alive > 0; alive-- {
		<-dead
	}
	return int(sent.Load())
}

// DrainFixed moves the messages of a queue to the sinks. A sink that fails is not
// used again.
func DrainFixed(queue []string, sinks []func(string) error) int {
	msgs := make(chan string)
	dead := make(chan struct{}, len(sinks))
	var sent atomic.Int64
	for _, sink := range sinks {
		go func() {
			defer func() { dead <- struct{}{} }()
			for m := range msgs {
				if err := sink(m); err != nil {
					return
				}
				sent.Add(1)
			}
		}()
	}
	alive := len(sinks)
	for _, m := range queue {
		if alive == 0 {
			break
		}
		for ok := false; !ok && alive > 0; {
			select {
			case msgs <- m:
				ok = true
			case <-dead:
				alive--
			}
		}
	}
	close(msgs)
	for ; alive > 0; alive-- {
		<-dead
	}
	return int(sent.Load())
}
