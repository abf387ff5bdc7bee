package crosspkg

import "example.com/corpus/goroutineleak/crosspkg/task"

// Run runs a job, if it is wanted, and waits for it.
func Run(job func() error, wanted bool) error {
	result := make(chan error)
	task.Start(wanted, job, result)
	return <-result // want "receive from result blocks for ever"
}

// RunFixed runs a job, if it is wanted, and waits for it.
func RunFixed(job func() error, wanted bool) error {
	if !wanted {
		return nil
	}
	result := make(chan error)
	task.Start(true, job, result)
	return <-result
}

// Fill puts an item into a queue and takes it out again.
func Fill(item string) string {
	q := task.NewQueue[string](0)
	q.Push(item) // want "blocks for ever"
	return q.Pop()
}

// FillFixed puts an item into a queue and takes it out again.
func FillFixed(item string) string {
	q := task.NewQueue[string](1)
	q.Push(item)
	return q.Pop()
}

// Greet asks itself.
func Greet(name string) string {
	answer := make(chan string)
	task.Reply(answer, func() string { return "hello " + name }) // want "blocks for ever"
	return <-answer
}

// GreetFixed asks itself.
func GreetFixed(name string) string {
	answer := make(chan string, 1)
	task.Reply(answer, func() string { return "hello " + name })
	return <-answer
}
