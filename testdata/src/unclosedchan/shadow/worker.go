package shadow

import "time"

// Worker does jobs. The zero value is ready to be started.
type Worker struct {
	jobs chan func()
}

// Start runs the jobs, except for those that would have to wait too long.
func (w Worker) Start(jobs ...func()) {
	w.init()
	go w.run()
	for _, j := range jobs {
		select {
		case w.jobs <- j:
		case <-time.After(time.Second):
		}
	}
	if w.jobs != nil {
		close(w.jobs)
	}
}

func (w Worker) init() {
	w.jobs = make(chan func())
}

func (w Worker) run() {
	for j := range w.jobs { // want "range over w.jobs never ends"
		j()
	}
}

// WorkerFixed does jobs. The zero value is ready to be started.
type WorkerFixed struct {
	jobs chan func()
}

// Start runs the jobs, except for those that would have to wait too long.
func (w WorkerFixed) Start(jobs ...func()) {
	w.init()
	go w.run()
	for _, j := range jobs {
		select {
		case w.jobs <- j:
		case <-time.After(time.Second):
		}
	}
	if w.jobs != nil {
		close(w.jobs)
	}
}

func (w *WorkerFixed) init() {
	w.jobs = make(chan func())
}

func (w WorkerFixed) run() {
	for j := range w.jobs {
		j()
	}
}
