@file:JvmName("Coroutines")

package dev.espalier.kotlin

import dev.espalier.api.CancelledException
import dev.espalier.api.Progress
import kotlin.coroutines.coroutineContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.job
import kotlinx.coroutines.withContext

/**
 * Runs long work off the caller's thread, and stops it at its next safe place when the coroutine is
 * cancelled: `cancellable { progress -> pipeline.fit(rows, progress) }`.
 *
 * @param progress is told how far the work is, and may stop it as well
 * @param work is handed the progress that it must report to
 */
public suspend fun <T> cancellable(
  progress: Progress = Progress.silent(),
  work: (Progress) -> T,
): T =
  withContext(Dispatchers.Default) {
    val job = coroutineContext.job
    try {
      work(Watched(job, progress))
    } catch (e: CancelledException) {
      job.ensureActive()
      throw e
    }
  }

/** These blocks as a flow, each made when it is collected, until the collector is cancelled. */
public fun <T> Sequence<T>.asCancellableFlow(): Flow<T> = flow {
  val blocks = iterator()
  while (true) {
    coroutineContext.ensureActive()
    val next = withContext(Dispatchers.Default) { if (blocks.hasNext()) blocks.next() else null }
    emit(next ?: break)
  }
}

/** The progress of work that a job may cancel. */
private class Watched(private val job: Job, private val progress: Progress) : Progress {
  override fun report(stage: String, done: Double): Unit = progress.report(stage, done)

  override fun cancelled(): Boolean = !job.isActive || progress.cancelled()

  override fun enough(): Boolean = progress.enough()
}
