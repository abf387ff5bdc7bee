package doublesend

import (
	"errors"
	"fmt"
)

// Job is work that runs in the background.
type Job struct {
	ID   string
	work func() error
	done chan error
}

// Start begins the work.
func Start(id string, work func() error) *Job {
	j := &Job{ID: id, work: work, done: make(chan error)}
	go j.run()
	return j
}

func (j *Job) run() {
	if j.work == nil {
		j.done <- fmt.Errorf("job %s: nothing to do", j.ID)
	}
	var err error
	if j.work != nil {
		err = j.work()
	}
	j.done <- err // want "send on j.done blocks for ever"
}

// Wait returns how the job ended.
func (j *Job) Wait() error { return <-j.done }

// Batch runs jobs in parallel and returns their errors.
func Batch(works map[string]func() error) error {
	var jobs []*Job
	for id, w := range works {
		jobs = append(jobs, Start(id, w))
	}
	var all []error
	for _, j := range jobs {
		all = append(all, j.Wait())
	}
	return errors.Join(all...)
}

// JobFixed is work that runs in the background.
type JobFixed struct {
	ID   string
	work func() error
	done chan error
}

// StartFixed begins the work.
func StartFixed(id string, work func() error) *JobFixed {
	j := &JobFixed{ID: id, work: work, done: make(chan error)}
	go j.run()
	return j
}

func (j *JobFixed) run() {
	if j.work == nil {
		j.done <- fmt.Errorf("job %s: nothing to do", j.ID)
		return
	}
	j.done <- j.work()
}

// Wait returns how the job ended.
func (j *JobFixed) Wait() error { return <-j.done }

// BatchFixed runs jobs in parallel and returns their errors.
func BatchFixed(works map[string]func() error) error {
	var jobs []*JobFixed
	for id, w := range works {
		jobs = append(jobs, StartFixed(id, w))
	}
	var all []error
	for _, j := range jobs {
		all = append(all, j.Wait())
	}
	return errors.Join(all...)
}
