// Package cleanup has a service whose tests clean up after themselves.
package cleanup

// Echo answers with what it is asked.
type Echo struct {
	in   chan string
	out  chan string
	quit chan struct{}
	done chan struct{}
}

// Start starts an echo.
func Start() *Echo {
	e := &Echo{
		in:   make(chan string),
		out:  make(chan string),
		quit: make(chan struct{}),
		done: make(chan struct{}),
	}
	go e.run()
	return e
}

func (e *Echo) run() {
	defer close(e.done)
	for {
		select {
		case s := <-e.in:
			select {
			case e.out <- s:
			case <-e.quit:
				return
			}
		case <-e.quit:
			return
		}
	}
}

// Ask returns the echo of s, or an empty string after Close.
func (e *Echo) Ask(s string) string {
	select {
	case e.in <- s:
	case <-e.done:
		return ""
	}
	select {
	case s := <-e.out:
		return s
	case <-e.done:
		return ""
	}
}

// Close ends the echo.
func (e *Echo) Close() {
	close(e.quit)
	<-e.done
}
