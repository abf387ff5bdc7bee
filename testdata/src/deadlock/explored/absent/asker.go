package absent

// A Counter counts until it is stopped.
type Counter interface {
	Count() int
	Stop()
}

// Asker answers questions until it is stopped.
type Asker struct {
	stopped chan struct{}
	jobs    chan func()
}

// NewAsker starts an asker.
func NewAsker() Counter {
	a := &Asker{stopped: make(chan struct{}), jobs: make(chan func())}
	go serve(a.jobs, a.stopped)
	return a
}

func serve(jobs <-chan func(), stopped <-chan struct{}) {
	for {
		select {
		case f := <-jobs:
			f()
		case <-stopped:
			return
		}
	}
}

func (a *Asker) Stop() { close(a.stopped) }

// Count waits for the answer even of an asker that is stopped.
func (a *Asker) Count() (n int) {
	done := make(chan struct{})
	job := func() {
		n = 1
		close(done)
	}
	select {
	case <-a.stopped:
	case a.jobs <- job:
	}
	<-done // want "receive from done blocks for ever"
	return n
}

// AskerFixed answers questions until it is stopped.
type AskerFixed struct {
	stopped chan struct{}
	jobs    chan func()
}

// NewAskerFixed starts an asker.
func NewAskerFixed() Counter {
	a := &AskerFixed{stopped: make(chan struct{}), jobs: make(chan func())}
	go serve(a.jobs, a.stopped)
	return a
}

func (a *AskerFixed) Stop() { close(a.stopped) }

// Count waits for the answer unless the asker is stopped.
func (a *AskerFixed) Count() (n int) {
	done := make(chan struct{})
	job := func() {
		n = 1
		close(done)
	}
	select {
	case <-a.stopped:
		return 0
	case a.jobs <- job:
		<-done
		return n
	}
}
