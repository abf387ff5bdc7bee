package control

import "errors"

var errStopped = errors.New("stopped")

// Worker works until it is stopped, and it stays stopped: the signal is only ever
// closed.
type Worker struct {
	stopped chan struct{}
	jobs    chan func()
}

// NewWorker starts a worker.
func NewWorker() *Worker {
	w := &Worker{stopped: make(chan struct{}), jobs: make(chan func())}
	go func() {
		for {
			select {
			case f := <-w.jobs:
				f()
			case <-w.stopped:
				return
			}
		}
	}()
	return w
}

// Stop stops the worker.
func (w *Worker) Stop() { close(w.stopped) }

func (w *Worker) err() error {
	select {
	case <-w.stopped:
		return errStopped
	default:
		return nil
	}
}

func (w *Worker) run(f func()) error {
	select {
	case <-w.stopped:
		return w.err()
	case w.jobs <- f:
		return nil
	}
}

// Count waits for the answer only of a worker that has got the question.
func (w *Worker) Count() (n int, err error) {
	done := make(chan struct{})
	err = w.run(func() {
		n = 1
		close(done)
	})
	if err == nil {
		<-done
	}
	return n, err
}
