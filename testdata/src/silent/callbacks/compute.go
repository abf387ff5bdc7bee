package callbacks

// Table keeps what a function computes, which it calls under a lock of the key.
type Table interface {
	Compute(key string, f func())
}

type job struct {
	key    string
	result int
}

func (j *job) run() { j.result = len(j.key) }

// Refresh computes a key anew, and gives what comes of it.
func Refresh(t Table, key string) <-chan int {
	ch := make(chan int, 1)
	var j *job
	t.Compute(key, func() { j = &job{key: key} })
	if j == nil {
		return ch
	}
	go func() {
		j.run()
		ch <- j.result
	}()
	return ch
}

// Fresh waits for what Refresh gives.
func Fresh(t Table, key string) int {
	return <-Refresh(t, key)
}
