package crosspkg

import (
	"example.com/corpus/goroutineleak/crosspkg/task"
	"example.com/corpus/silent/nonnil/failure"
)

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

func read(get func() (string, error)) (<-chan string, error) {
	text, err := get()
	if err != nil || text == "" {
		return nil, failure.Wrap(err, "nothing read")
	}
	c := make(chan string, 1)
	c <- text
	return c, nil
}

// Read waits for a text. What wraps no error is none.
func Read(get func() (string, error)) string {
	c, err := read(get)
	if err != nil {
		return ""
	}
	return <-c // want "receive from c blocks for ever: the channel is nil"
}

func readFixed(get func() (string, error)) (<-chan string, error) {
	text, err := get()
	if err != nil {
		return nil, failure.Wrap(err, "nothing read")
	}
	if text == "" {
		return nil, failure.New("empty")
	}
	c := make(chan string, 1)
	c <- text
	return c, nil
}

// ReadFixed waits for a text.
func ReadFixed(get func() (string, error)) string {
	c, err := readFixed(get)
	if err != nil {
		return ""
	}
	return <-c
}
