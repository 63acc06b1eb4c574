package dev.espalier.kotlin

import dev.espalier.api.CancelledException
import dev.espalier.api.Progress
import dev.espalier.api.Samples
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicReference
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class CoroutinesTest {

  private val rows: Samples = samplesOf(*Array(40) { i -> doubleArrayOf(i % 7.0, i % 5.0) })

  @Test
  fun `work that is not cancelled gives what it gives`() {
    val model = pipeline(gaussian(), seed = 3).fit(rows)
    val stages = mutableListOf<String>()
    val report = Progress { stage, _ -> synchronized(stages) { stages.add(stage) } }
    val drawn = runBlocking {
      // region cancellable
      cancellable(report) { progress -> model.draw(count = 50, progress = progress) }
      // endregion
    }
    assertEquals(model.draw(50), drawn)
    assertTrue(stages.isNotEmpty())
  }

  @Test
  fun `a cancelled coroutine stops its fit at the next safe place`() {
    val started = CountDownLatch(1)
    val seen = AtomicReference<Throwable>()
    runBlocking {
      val fit = async {
        cancellable { progress ->
          started.countDown()
          try {
            while (true) {
              progress.check()
            }
          } catch (e: CancelledException) {
            seen.set(e)
            throw e
          }
        }
      }
      cancellable { started.await() }
      fit.cancel()
      assertTrue(runCatching { fit.await() }.exceptionOrNull() is CancellationException)
    }
    assertEquals(CancelledException::class.java, seen.get()?.javaClass)
  }

  @Test
  fun `a progress of one's own stops it too`() {
    val never =
      object : Progress {
        override fun report(stage: String, done: Double) = Unit

        override fun cancelled() = true
      }
    assertThrows(CancelledException::class.java) {
      runBlocking { cancellable(never) { progress -> progress.check() } }
    }
  }

  @Test
  fun `blocks are the rows of one draw, as a sequence and as a flow`() {
    val model = pipeline(gaussian(), seed = 3).fit(rows)
    val all = model.draw(25)
    val blocks = model.blocks(count = 25, block = 10)
    assertEquals(listOf(10, 10, 5), blocks.map { it.count() }.toList())
    assertEquals(all, blocks.reduce { above, below -> above + below })
    assertEquals(all[5 until 25], model.blocks(20, first = 5, block = 7).reduce { a, b -> a + b })
    val flowed = runBlocking { blocks.asCancellableFlow().toList() }
    assertEquals(blocks.toList(), flowed)
    val two = runBlocking {
      // region flow
      model.blocks(count = 25, block = 10).asCancellableFlow().take(2).toList()
      // endregion
    }
    assertEquals(all[0 until 20], two[0] + two[1])
    assertThrows(IllegalArgumentException::class.java) { model.blocks(10, block = 0) }
  }
}
