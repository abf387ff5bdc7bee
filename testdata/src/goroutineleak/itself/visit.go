package itself

import "sync"

// Queue does tasks in their order. A task may add others.
type Queue struct {
	tasks chan func(*Queue)
	idle  sync.WaitGroup
}

// NewQueue starts a queue.
func NewQueue() *Queue {
	q := &Queue{tasks: make(chan func(*Queue))}
	go func() {
		for t := range q.tasks {
			t(q)
			q.idle.Done()
		}
	}()
	return q
}

// Add adds a task.
func (q *Queue) Add(task func(*Queue)) {
	q.idle.Add(1)
	q.tasks <- task // want "send on q.tasks blocks for ever"
}

// Visit visits the pages that can be reached from the first.
func Visit(first string, links func(string) []string) (visited []string) {
	q := NewQueue()
	seen := map[string]bool{first: true}
	var visit func(page string) func(*Queue)
	visit = func(page string) func(*Queue) {
		return func(q *Queue) {
			visited = append(visited, page)
			for _, l := range links(page) {
				if !seen[l] {
					seen[l] = true
					q.Add(visit(l))
				}
			}
		}
	}
	q.Add(visit(first))
	q.idle.Wait()
	close(q.tasks)
	return visited
}

// QueueFixed does tasks in their order. A task may add others.
type QueueFixed struct {
	tasks chan func(*QueueFixed)
	idle  sync.WaitGroup
}

// NewQueueFixed starts a queue.
func NewQueueFixed() *QueueFixed {
	q := &QueueFixed{tasks: make(chan func(*QueueFixed))}
	go func() {
		for t := range q.tasks {
			t(q)
			q.idle.Done()
		}
	}()
	return q
}

// Add adds a task.
func (q *QueueFixed) Add(task func(*QueueFixed)) {
	q.idle.Add(1)
	go func() { q.tasks <- task }()
}

// VisitFixed visits the pages that can be reached from the first.
func VisitFixed(first string, links func(string) []string) (visited []string) {
	q := NewQueueFixed()
	seen := map[string]bool{first: true}
	var visit func(page string) func(*QueueFixed)
	visit = func(page string) func(*QueueFixed) {
		return func(q *QueueFixed) {
			visited = append(visited, page)
			for _, l := range links(page) {
				if !seen[l] {
					seen[l] = true
					q.Add(visit(l))
				}
			}
		}
	}
	q.Add(visit(first))
	q.idle.Wait()
	close(q.tasks)
	return visited
}
