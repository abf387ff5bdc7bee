package serviceloop

// Task is something that takes a while.
type Task struct {
	result   int
	finished chan struct{}
}

// StartTask begins to compute.
func StartTask(f func() int) *Task {
	t := &Task{finished: make(chan struct{}, 1)}
	go func() {
		t.result = f()
		t.finished <- struct{}{}
	}()
	return t
}

// Result waits until the task is done. It may be called by many.
func (t *Task) Result() int {
	<-t.finished // contract "receive from t.finished blocks for ever"
	return t.result
}

// TaskFixed is something that takes a while.
type TaskFixed struct {
	result   int
	finished chan struct{}
}

// StartTaskFixed begins to compute.
func StartTaskFixed(f func() int) *TaskFixed {
	t := &TaskFixed{finished: make(chan struct{}, 1)}
	go func() {
		t.result = f()
		close(t.finished)
	}()
	return t
}

// Result waits until the task is done. It may be called by many.
func (t *TaskFixed) Result() int {
	<-t.finished
	return t.result
}
