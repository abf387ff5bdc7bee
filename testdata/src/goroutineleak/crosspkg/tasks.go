package crosspkg

import (
	"errors"
	"time"

	"example.com/corpus/goroutineleak/crosspkg/task"
)

// Ask asks for a number, but not for long.
func Ask(count func() int, patience time.Duration) (int, error) {
	answer := make(chan int)
	go task.Reply(answer, count) // want "blocks for ever"
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(patience):
		return 0, errors.New("no answer")
	}
}

// AskFixed asks for a number, but not for long.
func AskFixed(count func() int, patience time.Duration) (int, error) {
	answer := make(chan int, 1)
	go task.Reply(answer, count)
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(patience):
		return 0, errors.New("no answer")
	}
}

// Submit lets a job run in the background, but does not wait for long.
func Submit(job func() error, patience time.Duration) error {
	result := make(chan error)
	task.Start(true, job, result) // want "blocks for ever"
	select {
	case err := <-result:
		return err
	case <-time.After(patience):
		return errors.New("no result")
	}
}

// SubmitFixed lets a job run in the background, but does not wait for long.
func SubmitFixed(job func() error, patience time.Duration) error {
	result := make(chan error, 1)
	task.Start(true, job, result)
	select {
	case err := <-result:
		return err
	case <-time.After(patience):
		return errors.New("no result")
	}
}

// Enqueue puts the items into a queue and takes out the first.
func Enqueue(items []string) string {
	if len(items) == 0 {
		return ""
	}
	q := task.NewQueue[string](0)
	go func() {
		for _, i := range items {
			q.Push(i) // want "blocks for ever"
		}
	}()
	return q.Pop()
}

// EnqueueFixed puts the items into a queue and takes out the first.
func EnqueueFixed(items []string) string {
	if len(items) == 0 {
		return ""
	}
	q := task.NewQueue[string](len(items))
	go func() {
		for _, i := range items {
			q.Push(i)
		}
	}()
	return q.Pop()
}
